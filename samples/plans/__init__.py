"""One module a scheme: `make(folder)` writes its inbox and its promises; `AS_OF` is the day on which they hold."""

"""`python -m bangfu_excel`: the same command as `bangfu`."""

from bangfu_excel.cli import main

if __name__ == "__main__":
    main()

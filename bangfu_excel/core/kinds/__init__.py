"""The kinds of values that a field may hold: stateless instances, one a kind."""

from __future__ import annotations

from bangfu_excel.core.kinds.code import Code, Codes
from bangfu_excel.core.kinds.date import Date
from bangfu_excel.core.kinds.identity import Certificate, Identity, IdentityOrCertificate
from bangfu_excel.core.kinds.key import Key, Keys
from bangfu_excel.core.kinds.number import Area, Integer, Money, Number, Rate
from bangfu_excel.core.kinds.person import Person, Persons
from bangfu_excel.core.kinds.phone import Phone
from bangfu_excel.core.kinds.text import Organisation, Place, Text
from bangfu_excel.core.kinds.yes_no import YesNo

TEXT = Text()
KEY = Key()
KEYS = Keys()
PERSON = Person()
PERSONS = Persons()
ORGANISATION = Organisation()
PLACE = Place()
IDENTITY = Identity()
CERTIFICATE = Certificate()
IDENTITY_OR_CERTIFICATE = IdentityOrCertificate()
PHONE = Phone()
INTEGER = Integer()
NUMBER = Number()
MONEY = Money()
AREA = Area()
RATE = Rate()
DATE = Date()
YES_NO = YesNo()
CODE = Code()
CODES = Codes()

ALL = (
    TEXT, KEY, KEYS, PERSON, PERSONS, ORGANISATION, PLACE, IDENTITY, CERTIFICATE, IDENTITY_OR_CERTIFICATE, PHONE,
    INTEGER, NUMBER, MONEY, AREA, RATE, DATE, YES_NO, CODE, CODES,
)  # fmt: skip

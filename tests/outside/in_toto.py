"""The library of the in-toto project reads a payload from stdin as a Statement v1, checks it,
and prints its predicate type, the name of its subject and the subject's digest."""

import sys

from google.protobuf import json_format
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement

parsed = json_format.Parse(sys.stdin.buffer.read(), statement_pb2.Statement())
statement = Statement.copy_from_pb(parsed)
statement.validate()
(subject,) = statement.pb.subject
print(statement.pb.predicate_type, subject.name, subject.digest["sha256"])

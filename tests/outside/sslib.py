"""securesystemslib checks an envelope, or makes one.

    sslib.py verify ENVELOPE.json KEY.pub KEYID
    sslib.py sign PAYLOAD PRIVATE_KEY ENVELOPE.json
"""

import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_ssh_private_key, load_ssh_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner, SSlibKey


def verify(envelope, public_key, key_id):
    key = SSlibKey.from_crypto(load_ssh_public_key(Path(public_key).read_bytes()), keyid=key_id)
    parsed = Envelope.from_dict(json.loads(Path(envelope).read_text()))
    accepted = parsed.verify([key], 1)
    assert list(accepted) == [key_id], accepted
    sys.stdout.buffer.write(parsed.payload)


def sign(payload, private_key, envelope):
    signer = CryptoSigner(load_ssh_private_key(Path(private_key).read_bytes(), None))
    made = Envelope(Path(payload).read_bytes(), "application/vnd.in-toto+json", {})
    made.sign(signer)
    Path(envelope).write_text(json.dumps(made.to_dict()))


if __name__ == "__main__":
    {"verify": verify, "sign": sign}[sys.argv[1]](*sys.argv[2:])

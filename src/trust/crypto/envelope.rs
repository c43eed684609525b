//! DSSE envelopes in JSON: how signatures travel to and from other programs
//! (<https://github.com/secure-systems-lab/dsse/blob/v1.0.2/envelope.md>).

use std::fmt;

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, de};

use super::dsse::{self, PAYLOAD_TYPE};
use super::jcs::write_string;
use super::point::CheckedKey;
use super::text64::{self, Base64Error};
use crate::record::public_key::Fingerprint;
use crate::record::signed::SIGNATURES_MAX;
use crate::record::text::visible;

/// The most bytes of an envelope's JSON.
pub const ENVELOPE_MAX: usize = 1024 * 1024;

/// A payload with signatures. Nothing in it is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The bytes that were signed, without their encoding.
    pub payload: Vec<u8>,
    /// 1 to [`SIGNATURES_MAX`] signatures.
    pub signatures: Vec<EnvelopeSignature>,
}

/// One signature of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvelopeSignature {
    /// A hint at the key, in whatever form the program that signed has; ours is the fingerprint.
    pub key_id: Option<String>,
    /// The Ed25519 signature.
    pub signature: [u8; 64],
}

/// Why a file is not an envelope that is taken here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// More than [`ENVELOPE_MAX`] bytes.
    #[error("the envelope is {0} bytes long; the most is {ENVELOPE_MAX}")]
    TooLong(usize),
    /// Not the JSON of an envelope: damaged, or with a field missing, unknown or twice.
    #[error("the envelope is not valid: {0}")]
    Json(String),
    /// It holds something else than a statement.
    #[error("the envelope is of type {0:?}, not {PAYLOAD_TYPE:?}")]
    PayloadType(String),
    /// The payload is not base64.
    #[error("the payload of the envelope is not valid: {0}")]
    Payload(Base64Error),
    /// None, or more than a file may hold.
    #[error("the envelope holds {0} signatures, not 1 to {SIGNATURES_MAX}")]
    Count(usize),
    /// A signature is not base64.
    #[error("a signature of the envelope is not valid: {0}")]
    Signature(Base64Error),
    /// A signature is not an Ed25519 signature.
    #[error("a signature of the envelope is {0} bytes long, not 64")]
    Length(usize),
}

impl Envelope {
    /// Reads an envelope. Base64 may be of either alphabet, as DSSE demands of readers.
    pub fn parse(json: &[u8]) -> Result<Envelope, EnvelopeError> {
        if json.len() > ENVELOPE_MAX {
            return Err(EnvelopeError::TooLong(json.len()));
        }
        let raw: RawEnvelope = serde_json::from_slice(json)
            .map_err(|error| EnvelopeError::Json(shown(&error.to_string(), 200)))?;
        if raw.payload_type != PAYLOAD_TYPE {
            return Err(EnvelopeError::PayloadType(shown(&raw.payload_type, 60)));
        }
        if raw.signatures.is_empty() || raw.signatures.len() > SIGNATURES_MAX {
            return Err(EnvelopeError::Count(raw.signatures.len()));
        }
        let payload = text64::decode_either(raw.payload.as_bytes()).map_err(EnvelopeError::Payload)?;
        let signatures = raw.signatures.into_iter().map(RawSignature::decode).collect::<Result<_, _>>()?;
        Ok(Envelope { payload, signatures })
    }

    /// The first signature that this key made over the payload. The key ids are not looked at:
    /// other programs have other ids for the same key.
    pub fn signature_by(&self, key: &CheckedKey) -> Option<&[u8; 64]> {
        let made = |s: &&EnvelopeSignature| dsse::verify(key, &self.payload, &s.signature).is_ok();
        self.signatures.iter().find(made).map(|s| &s.signature)
    }
}

/// Writes the envelope of a payload and its signatures: one line of JSON and a newline.
pub fn write(payload: &[u8], signatures: &[(Fingerprint, [u8; 64])]) -> Vec<u8> {
    let mut out = b"{\"payload\":".to_vec();
    write_string(&text64::encode(payload), &mut out);
    out.extend_from_slice(b",\"payloadType\":");
    write_string(PAYLOAD_TYPE, &mut out);
    out.extend_from_slice(b",\"signatures\":[");
    for (i, (key, signature)) in signatures.iter().enumerate() {
        out.extend_from_slice(if i == 0 { b"{\"keyid\":" } else { b",{\"keyid\":" });
        write_string(key.as_str(), &mut out);
        out.extend_from_slice(b",\"sig\":");
        write_string(&text64::encode(signature), &mut out);
        out.push(b'}');
    }
    out.extend_from_slice(b"]}\n");
    out
}

/// The start of a foreign text, without characters that act on a terminal.
fn shown(text: &str, most: usize) -> String {
    visible(&text.chars().take(most).collect::<String>()).into_owned()
}

struct RawEnvelope {
    payload: String,
    payload_type: String,
    signatures: Vec<RawSignature>,
}

struct RawSignature {
    key_id: Option<String>,
    sig: String,
}

impl RawSignature {
    fn decode(self) -> Result<EnvelopeSignature, EnvelopeError> {
        let bytes = text64::decode_either(self.sig.as_bytes()).map_err(EnvelopeError::Signature)?;
        let signature = bytes.as_slice().try_into().map_err(|_| EnvelopeError::Length(bytes.len()))?;
        Ok(EnvelopeSignature { key_id: self.key_id.filter(|id| !id.is_empty()), signature })
    }
}

/// Puts a value in its place, which must be empty: a field that is there twice is an error.
fn put<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    place: &mut Option<T>,
    name: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    match place.replace(map.next_value()?) {
        None => Ok(()),
        Some(_) => Err(A::Error::duplicate_field(name)),
    }
}

fn need<T, E: de::Error>(place: Option<T>, name: &'static str) -> Result<T, E> {
    place.ok_or_else(|| E::missing_field(name))
}

// By hand, because what serde derives would take a JSON list for an object, too.
struct EnvelopeVisitor;

impl<'de> Visitor<'de> for EnvelopeVisitor {
    type Value = RawEnvelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a DSSE envelope")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawEnvelope, A::Error> {
        const FIELDS: &[&str] = &["payload", "payloadType", "signatures"];
        let (mut payload, mut payload_type, mut signatures) = (None, None, None);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "payload" => put(&mut payload, "payload", &mut map)?,
                "payloadType" => put(&mut payload_type, "payloadType", &mut map)?,
                "signatures" => put(&mut signatures, "signatures", &mut map)?,
                other => return Err(A::Error::unknown_field(other, FIELDS)),
            }
        }
        Ok(RawEnvelope {
            payload: need(payload, "payload")?,
            payload_type: need(payload_type, "payloadType")?,
            signatures: need(signatures, "signatures")?,
        })
    }
}

struct SignatureVisitor;

impl<'de> Visitor<'de> for SignatureVisitor {
    type Value = RawSignature;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a signature of a DSSE envelope")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawSignature, A::Error> {
        let (mut key_id, mut sig) = (None, None);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "keyid" => put(&mut key_id, "keyid", &mut map)?,
                "sig" => put(&mut sig, "sig", &mut map)?,
                other => return Err(A::Error::unknown_field(other, &["keyid", "sig"])),
            }
        }
        Ok(RawSignature { key_id, sig: need(sig, "sig")? })
    }
}

impl<'de> Deserialize<'de> for RawEnvelope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawEnvelope, D::Error> {
        deserializer.deserialize_map(EnvelopeVisitor)
    }
}

impl<'de> Deserialize<'de> for RawSignature {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawSignature, D::Error> {
        deserializer.deserialize_map(SignatureVisitor)
    }
}

#[cfg(test)]
#[path = "tests/envelope.rs"]
mod tests;

//! What may stand in a field.

/// What may stand in a field. Each has one reader in this room; the patterns repeat its rule
/// for editors and are a little wider where a pattern cannot say it all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Any text but an empty one.
    Text,
    /// An [`Id`](crate::record::id::Id).
    Id,
    /// A civil date.
    Date,
    /// A duration in days, weeks, months or years.
    Duration,
    /// A duration in days or weeks.
    Days,
    /// A duration of at least a day, in days, weeks, months or years.
    Period,
    /// A duration of at least a day, in days or weeks.
    PeriodInDays,
    /// A whole number from 1; in signed files, where every value is a text, its digits.
    Whole,
    /// A number with at most two decimals, as a text; in people's files also a whole number.
    Score,
    /// `true` or `false`.
    Flag,
    /// 64 hex digits, with or without `sha256:` before them.
    Digest,
    /// `sha256:` and 64 hex digits.
    PrefixedDigest,
    /// 64 hex digits.
    BareDigest,
    /// 128 random bits as 32 hex digits.
    Random,
    /// The id of a commit: 40 hex digits.
    Commit,
    /// The code of a finding: `D` and three digits.
    Code,
    /// A name of the IANA time zone database.
    Zone,
    /// The path of an edition's text, from the folder `policies`.
    Document,
    /// A path from the repository's folder, at most one folder up.
    Beside,
    /// `worker/ID`, `system/ID`, `vendor/ID` or `org`.
    Subject,
    /// `worker/ID`.
    Worker,
    /// `worker/ID` or `service/ID`.
    Holder,
    /// `worker/ID`, `service/ID` or `vendor/ID`.
    Trainer,
    /// A public key as one line of OpenSSH's form.
    PublicKey,
    /// OpenSSH's fingerprint of a key.
    Fingerprint,
    /// The word of the file's kind.
    Kind,
    /// One of these words.
    Words(&'static [&'static str]),
    /// Fields, which stand in the table below this one's path and a dot.
    Group,
    /// An id, or a group with the id and more.
    Declared,
    /// A list of this.
    List(&'static Form),
    /// A value that may change from day to day: the value alone, a group of the value with
    /// `from` and `until`, or a list of both.
    Dated(&'static Form),
    /// `all`, or a list of digests.
    Keep,
    /// A condition on what a worker is: `everyone`, or a group with one field.
    Selector,
    /// A selector, `org`, `systems`, `vendors`, or a group that names one system or vendor.
    Applies,
}

macro_rules! id {
    () => {
        "[a-z0-9][a-z0-9_-]*(\\.[a-z0-9_-]+)*"
    };
}

impl Form {
    /// The regular expression (ECMA 262, without look-around) that a text of this form
    /// matches, where there is one.
    pub fn pattern(self) -> Option<&'static str> {
        Some(match self {
            Form::Id => concat!("^", id!(), "$"),
            Form::Date => "^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
            Form::Duration => "^(0|[1-9][0-9]*) (day|week|month|year)s?$",
            Form::Days => "^(0|[1-9][0-9]*) (day|week)s?$",
            Form::Period => "^[1-9][0-9]* (day|week|month|year)s?$",
            Form::PeriodInDays => "^[1-9][0-9]* (day|week)s?$",
            Form::Whole => "^[1-9][0-9]{0,9}$",
            Form::Score => "^(0|[1-9][0-9]{0,5})(\\.[0-9]{1,2})?$",
            Form::Digest => "^(sha256:)?[0-9a-f]{64}$",
            Form::PrefixedDigest => "^sha256:[0-9a-f]{64}$",
            Form::BareDigest => "^[0-9a-f]{64}$",
            Form::Random => "^[0-9a-f]{32}$",
            Form::Commit => "^[0-9a-f]{40}$",
            Form::Code => "^D[0-9]{3}$",
            Form::Zone => "^[A-Za-z][A-Za-z0-9_+/-]*$",
            Form::Document => "^documents(/[^/\\\\]+)+$",
            Form::Beside => "^(\\.\\./)?[A-Za-z0-9._ -]+(/[A-Za-z0-9._ -]+)*$",
            Form::Subject => concat!("^(org|(worker|system|vendor)/", id!(), ")$"),
            Form::Worker => concat!("^worker/", id!(), "$"),
            Form::Holder => concat!("^(worker|service)/", id!(), "$"),
            Form::Trainer => concat!("^(worker|service|vendor)/", id!(), "$"),
            Form::PublicKey => "^(sk-)?ssh-ed25519(@openssh\\.com)? [A-Za-z0-9+/]+={0,2}$",
            Form::Fingerprint => "^SHA256:[A-Za-z0-9+/]{43}$",
            _ => return None,
        })
    }

    /// What the form is, in a few words for the reference.
    pub fn what(self) -> String {
        match self {
            Form::Words(words) => format!("one of {}", words.join(", ")),
            Form::List(item) => format!("list: {}", item.what()),
            Form::Dated(word) => format!("{}, or a list with days", word.what()),
            other => other.word().to_owned(),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Form::Text => "text",
            Form::Id => "id",
            Form::Date => "date",
            Form::Duration => "duration",
            Form::Days => "days or weeks",
            Form::Period => "duration, not zero",
            Form::PeriodInDays => "days or weeks, not zero",
            Form::Whole => "whole number",
            Form::Score => "score",
            Form::Flag => "true or false",
            Form::Digest | Form::PrefixedDigest | Form::BareDigest => "sha256",
            Form::Random => "32 hex digits",
            Form::Commit => "40 hex digits",
            Form::Code => "code",
            Form::Zone => "time zone",
            Form::Document => "path below policies",
            Form::Beside => "path",
            Form::Subject => "subject",
            Form::Worker => "worker/ID",
            Form::Holder => "worker/ID or service/ID",
            Form::Trainer => "worker/ID, service/ID or vendor/ID",
            Form::PublicKey => "public key",
            Form::Fingerprint => "fingerprint",
            Form::Kind => "the kind",
            Form::Group => "group",
            Form::Declared => "id, or a group",
            Form::Keep => "all, or list: sha256",
            Form::Selector => "condition",
            Form::Applies => "condition, org, systems, vendors",
            Form::Words(_) | Form::List(_) | Form::Dated(_) => "",
        }
    }
}

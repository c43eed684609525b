//! SSH's wire form (RFC 4251 section 5): big-endian numbers, and strings with their length
//! before them.

/// Reads from the front of some bytes; nothing is ever read past their end.
pub(super) struct Wire<'b> {
    rest: &'b [u8],
}

impl<'b> Wire<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Wire<'b> {
        Wire { rest: bytes }
    }

    /// So many bytes, if there are.
    pub(super) fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (front, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(front)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.bytes(4)?.try_into().ok()?))
    }

    pub(super) fn string(&mut self) -> Option<&'b [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        self.bytes(length)
    }

    /// How many bytes were not read.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }
}

pub(super) fn put_number(number: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&number.to_be_bytes());
}

/// Writes a string. What is written here is far below the 4 GiB that a length can say.
pub(super) fn put_string(bytes: &[u8], out: &mut Vec<u8>) {
    put_number(u32::try_from(bytes.len()).unwrap_or(u32::MAX), out);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_beyond_the_end_reads_nothing() {
        assert_eq!(Wire::new(&[0, 0, 0, 2, 7]).string(), None);
        assert_eq!(Wire::new(&[0xff, 0xff, 0xff, 0xff, 7]).string(), None);
        assert_eq!(Wire::new(&[0, 0, 0]).number(), None);
        let mut wire = Wire::new(&[0, 0, 0, 2, 7, 8, 9]);
        assert_eq!(
            (wire.string(), wire.left(), wire.byte(), wire.byte()),
            (Some(&[7, 8][..]), 1, Some(9), None)
        );
    }
}

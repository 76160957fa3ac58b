//! Bytes of a body as they arrive.

use std::io;

use bytes::Bytes;
use memmap2::MmapMut;

/// Longest body that is kept in memory of the allocator.
const SMALL: usize = 64 * 1024;

/// First size of a mapping; later ones are twice as long.
const MAPPED: usize = 1024 * 1024;

/// A buffer that grows.
///
/// What is long is mapped: an allocator keeps what it is given back for the next time, in the end as
/// much as the largest burst took, while a mapping is gone once it is dropped. Pages that were not
/// written to take no memory.
#[derive(Debug)]
pub(crate) enum Buffer {
    Small(Vec<u8>),
    Mapped { map: MmapMut, length: usize },
}

impl Buffer {
    pub(crate) fn len(&self) -> usize {
        self.as_ref().len()
    }

    /// Appends to it.
    ///
    /// # Errors
    /// When the system has no memory left.
    pub(crate) fn extend(&mut self, data: &[u8]) -> io::Result<()> {
        let end = self.len() + data.len();
        self.reserve(end)?;
        match self {
            Self::Small(bytes) => bytes.extend_from_slice(data),
            Self::Mapped { map, length } => {
                map[*length..end].copy_from_slice(data);
                *length = end;
            }
        }
        Ok(())
    }

    /// Makes room for so many bytes altogether.
    fn reserve(&mut self, bytes: usize) -> io::Result<()> {
        let room = match self {
            Self::Small(_) => SMALL,
            Self::Mapped { map, .. } => map.len(),
        };
        if bytes > room {
            let mut map = MmapMut::map_anon(bytes.max(2 * room).max(MAPPED))?;
            let length = self.len();
            map[..length].copy_from_slice(self.as_ref());
            *self = Self::Mapped { map, length };
        }
        Ok(())
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Self::Small(Vec::new())
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Small(bytes) => bytes,
            Self::Mapped { map, length } => &map[..*length],
        }
    }
}

impl From<Buffer> for Bytes {
    fn from(buffer: Buffer) -> Self {
        match buffer {
            Buffer::Small(bytes) => bytes.into(),
            mapped @ Buffer::Mapped { .. } => Self::from_owner(mapped),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stay_in_order_however_they_arrive() {
        for sizes in [&[0, 1][..], &[SMALL, 1], &[1, SMALL], &[MAPPED + 1, 1], &[70_000; 100]] {
            let mut buffer = Buffer::default();
            let mut expected = Vec::new();
            for (size, byte) in sizes.iter().zip(0..) {
                let data = vec![byte; *size];
                buffer.extend(&data).unwrap();
                expected.extend(data);
            }
            assert_eq!(Bytes::from(buffer), expected);
        }
    }
}

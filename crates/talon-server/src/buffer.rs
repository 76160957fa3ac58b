//! A growing buffer for the body of a request.

use std::io;

use bytes::Bytes;
use memmap2::MmapMut;

/// Largest buffer on the heap.
const MAX_HEAP_BYTES: usize = 64 * 1024;

/// Smallest memory mapping; each further one is twice as large.
const MIN_MAPPED_BYTES: usize = 1024 * 1024;

/// A buffer that grows.
///
/// Large contents are in an anonymous memory mapping. An allocator keeps freed memory for later, in
/// the end as much as the largest burst used; a mapping goes back to the system when it is dropped.
/// Pages that were never written take no memory.
#[derive(Debug)]
pub(crate) enum Buffer {
    Small(Vec<u8>),
    Mapped { map: MmapMut, length: usize },
}

impl Buffer {
    pub(crate) fn len(&self) -> usize {
        self.as_ref().len()
    }

    /// Appends `data`.
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

    /// Makes room for `bytes` bytes in total.
    fn reserve(&mut self, bytes: usize) -> io::Result<()> {
        let room = match self {
            Self::Small(_) => MAX_HEAP_BYTES,
            Self::Mapped { map, .. } => map.len(),
        };
        if bytes > room {
            let mut map = MmapMut::map_anon(bytes.max(2 * room).max(MIN_MAPPED_BYTES))?;
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
        for sizes in [
            &[0, 1][..],
            &[MAX_HEAP_BYTES, 1],
            &[1, MAX_HEAP_BYTES],
            &[MIN_MAPPED_BYTES + 1, 1],
            &[70_000; 100],
        ] {
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

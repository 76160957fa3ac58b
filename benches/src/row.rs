//! One piece of work that is measured.

use std::fmt;
use std::rc::Rc;

/// A piece of work with a name; nothing of it is prepared before it is asked for.
#[derive(Clone)]
pub struct Row {
    /// `what/on which/by whom`, such as `decode/medium/talon`.
    pub name: String,
    /// Whether it is timed in a full run alone: it takes gigabytes, or minutes to prepare.
    pub heavy: bool,
    bytes: Option<Rc<dyn Fn() -> usize>>,
    prepare: Rc<dyn Fn() -> Work>,
}

/// Work that can be done any number of times.
pub enum Work {
    /// Each call finds what the one before it found.
    Same(Box<dyn FnMut()>),
    /// Each call needs something of its own, made beforehand and not measured.
    Fresh(Box<dyn FnMut() -> Box<dyn FnOnce()>>),
}

impl Row {
    /// Work that needs nothing but what `prepare` made once.
    pub fn same<W: FnMut() + 'static>(
        name: impl Into<String>,
        prepare: impl Fn() -> W + 'static,
    ) -> Self {
        Self::new(name.into(), move || Work::Same(Box::new(prepare())))
    }

    /// Work of which each call consumes something; `prepare` returns what makes the calls.
    pub fn fresh<C, M>(name: impl Into<String>, prepare: impl Fn() -> M + 'static) -> Self
    where
        C: FnOnce() + 'static,
        M: FnMut() -> C + 'static,
    {
        Self::new(name.into(), move || {
            let mut make = prepare();
            Work::Fresh(Box::new(move || Box::new(make())))
        })
    }

    fn new(name: String, prepare: impl Fn() -> Work + 'static) -> Self {
        Self { name, bytes: None, heavy: false, prepare: Rc::new(prepare) }
    }

    /// Says how many bytes of JSON one call reads or writes.
    #[must_use]
    pub fn measured_by(mut self, bytes: impl Fn() -> usize + 'static) -> Self {
        self.bytes = Some(Rc::new(bytes));
        self
    }

    /// Bytes of JSON that one call reads or writes, where it reads or writes JSON.
    pub fn bytes(&self) -> Option<u64> {
        self.bytes.as_ref().map(|bytes| bytes() as u64)
    }

    /// Leaves it to full runs.
    #[must_use]
    pub fn heavy(mut self) -> Self {
        self.heavy = true;
        self
    }

    /// Makes the work ready.
    pub fn prepare(&self) -> Work {
        (self.prepare)()
    }

    /// All but the last part of the name, and the last part.
    pub fn group(&self) -> (&str, &str) {
        self.name.rsplit_once('/').unwrap_or(("", &self.name))
    }
}

impl Work {
    /// `calls` calls that are ready to be made.
    pub fn calls(&mut self, calls: usize) -> Calls<'_> {
        match self {
            Self::Same(call) => Calls::Same(call, calls),
            Self::Fresh(make) => Calls::Fresh((0..calls).map(|_| make()).collect()),
        }
    }
}

/// Calls that are ready to be made.
pub enum Calls<'a> {
    /// One call, so many times.
    Same(&'a mut dyn FnMut(), usize),
    /// Each of them once.
    Fresh(Vec<Box<dyn FnOnce()>>),
}

impl Calls<'_> {
    /// Makes the calls, and does nothing else.
    pub fn make(self) {
        match self {
            Self::Same(call, calls) => (0..calls).for_each(|_| call()),
            Self::Fresh(calls) => calls.into_iter().for_each(|call| call()),
        }
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Row").field(&self.name).finish()
    }
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Work")
    }
}

impl fmt::Debug for Calls<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Calls")
    }
}

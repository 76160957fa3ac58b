//! A benchmark: one row of the report.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

/// A benchmark with a name. Its inputs are prepared when it runs.
#[derive(Clone)]
pub struct Row {
    /// `operation/input/implementation`, such as `decode/medium/talon`.
    pub name: String,
    /// Whether only a full run times it, since it needs gigabytes or minutes to prepare.
    pub heavy: bool,
    bytes: Option<Rc<dyn Fn() -> usize>>,
    result: Option<Rc<dyn Fn() -> MakeResult>>,
    prepare: Rc<dyn Fn() -> Work>,
}

/// Makes the result of one call, from an input that lives as long as this function.
pub type MakeResult = Box<dyn Fn() -> Box<dyn Any>>;

/// The calls of a benchmark.
pub enum Work {
    /// All calls have the same input, as with criterion's `iter`.
    Iter(Box<dyn FnMut()>),
    /// Each call consumes an input, which is made before and not measured, as with criterion's
    /// `iter_batched`.
    Batched(Box<dyn FnMut() -> Box<dyn FnOnce()>>),
}

impl Row {
    /// A benchmark whose calls share the input that `prepare` makes.
    pub fn iter<W: FnMut() + 'static>(
        name: impl Into<String>,
        prepare: impl Fn() -> W + 'static,
    ) -> Self {
        Self::new(name.into(), move || Work::Iter(Box::new(prepare())))
    }

    /// A benchmark whose calls consume their input; `prepare` returns a function that makes calls.
    pub fn batched<C, M>(name: impl Into<String>, prepare: impl Fn() -> M + 'static) -> Self
    where
        C: FnOnce() + 'static,
        M: FnMut() -> C + 'static,
    {
        Self::new(name.into(), move || {
            let mut make = prepare();
            Work::Batched(Box::new(move || Box::new(make())))
        })
    }

    fn new(name: String, prepare: impl Fn() -> Work + 'static) -> Self {
        Self { name, bytes: None, result: None, heavy: false, prepare: Rc::new(prepare) }
    }

    /// Sets how many bytes of JSON one call reads or writes.
    #[must_use]
    pub fn with_bytes(mut self, bytes: impl Fn() -> usize + 'static) -> Self {
        self.bytes = Some(Rc::new(bytes));
        self
    }

    /// Sets what makes the result of one call, whose memory is measured; `prepare` makes its input.
    #[must_use]
    pub fn with_result<T: 'static>(
        mut self,
        prepare: impl Fn() -> Box<dyn Fn() -> T> + 'static,
    ) -> Self {
        self.result = Some(Rc::new(move || {
            let call = prepare();
            Box::new(move || Box::new(call()))
        }));
        self
    }

    /// Makes the result of one call, in a row whose result is measured.
    pub fn result(&self) -> Option<MakeResult> {
        self.result.as_ref().map(|prepare| prepare())
    }

    /// Bytes of JSON that one call reads or writes, where it reads or writes JSON.
    pub fn bytes(&self) -> Option<u64> {
        self.bytes.as_ref().map(|bytes| bytes() as u64)
    }

    /// Runs it only in full runs.
    #[must_use]
    pub fn heavy(mut self) -> Self {
        self.heavy = true;
        self
    }

    /// Prepares the calls.
    pub fn prepare(&self) -> Work {
        (self.prepare)()
    }

    /// All but the last part of the name, and the last part.
    pub fn group(&self) -> (&str, &str) {
        self.name.rsplit_once('/').unwrap_or(("", &self.name))
    }
}

impl Work {
    /// Prepares `calls` calls.
    pub fn calls(&mut self, calls: usize) -> Calls<'_> {
        match self {
            Self::Iter(call) => Calls::Iter(call, calls),
            Self::Batched(make) => Calls::Batched((0..calls).map(|_| make()).collect()),
        }
    }
}

/// Prepared calls.
pub enum Calls<'a> {
    /// A call and how often to make it.
    Iter(&'a mut dyn FnMut(), usize),
    /// Calls to make once each.
    Batched(Vec<Box<dyn FnOnce()>>),
}

impl Calls<'_> {
    /// Makes the calls.
    pub fn run(self) {
        match self {
            Self::Iter(call, calls) => (0..calls).for_each(|_| call()),
            Self::Batched(calls) => calls.into_iter().for_each(|call| call()),
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

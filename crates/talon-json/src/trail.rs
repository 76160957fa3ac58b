//! The path to the value that is being read.

use std::cell::RefCell;
use std::fmt::Write as _;

/// The path to the value that is being read, step by step. After an error it leads to the value that
/// did not fit, since a step is taken back only after a value was read.
#[derive(Default)]
pub(crate) struct Trail(RefCell<Steps>);

#[derive(Default)]
struct Steps {
    entered: Vec<Step>,
    /// The names of all steps, one after another.
    names: String,
    /// The name of the member whose value is read next, once it was read.
    next_name: Option<String>,
}

#[derive(Clone, Copy)]
enum Step {
    Item(usize),
    /// A member, whose name begins here among the names.
    Member(usize),
    /// A member whose name was not read.
    Unknown,
}

impl Trail {
    pub(crate) fn enter_item(&self, index: usize) {
        self.0.borrow_mut().entered.push(Step::Item(index));
    }

    /// Forgets the name that was read last.
    pub(crate) fn begin_name(&self) {
        self.0.borrow_mut().next_name = None;
    }

    pub(crate) fn set_name(&self, name: String) {
        self.0.borrow_mut().next_name = Some(name);
    }

    /// Steps to the member whose name was read last.
    pub(crate) fn enter_member(&self) {
        let mut steps = self.0.borrow_mut();
        let start = steps.names.len();
        let step = match steps.next_name.take() {
            Some(name) => {
                steps.names.push_str(&name);
                Step::Member(start)
            }
            None => Step::Unknown,
        };
        steps.entered.push(step);
    }

    pub(crate) fn leave(&self) {
        let mut steps = self.0.borrow_mut();
        if let Some(Step::Member(start)) = steps.entered.pop() {
            steps.names.truncate(start);
        }
    }

    /// The path as a programmer writes it, `effects[3].props.value`.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        self.for_each(|step| match step {
            Ok(index) => drop(write!(path, "[{index}]")),
            Err(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
        });
        path
    }

    /// The path as a JSON pointer, `/effects/3/props/value`.
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = String::new();
        self.for_each(|step| match step {
            Ok(index) => drop(write!(pointer, "/{index}")),
            Err(name) => {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
        });
        pointer
    }

    /// Calls `visit` with the index or the name of each step.
    fn for_each(&self, mut visit: impl FnMut(Result<usize, &str>)) {
        let steps = self.0.borrow();
        let mut end = steps.names.len();
        let mut names = Vec::new();
        for step in steps.entered.iter().rev() {
            names.push(match step {
                Step::Item(index) => Ok(*index),
                Step::Member(start) => {
                    Err(&steps.names[*start..std::mem::replace(&mut end, *start)])
                }
                Step::Unknown => Err("?"),
            });
        }
        names.into_iter().rev().for_each(&mut visit);
    }
}

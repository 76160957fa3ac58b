//! Makes the calls of one row under callgrind, which counts instructions between the beginning and
//! the end of [`measured`] alone. `cargo xtask bench --counts` runs it for every row.

use std::process::ExitCode;

use talon_benches::payload::{Size, session_reply};
use talon_benches::row::{Calls, Row};

/// Calls before the count begins, at most: what is made once is made by then.
const WARM_UP: usize = 3;

const USAGE: &str = "usage: bench-count list
       bench-count run ROW CALLS
       bench-count payload small|medium|large";

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let rows = talon_benches::rows::all()?;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["list"] => {
            rows.iter().filter(|row| !row.heavy).for_each(|row| println!("{}", line(row)));
            Ok(())
        }
        ["run", name, calls] => {
            let row = rows.iter().find(|row| row.name == name);
            let row = row.ok_or_else(|| format!("no row {name}; bench-count list names all"))?;
            let calls = calls.parse().map_err(|_| format!("{calls} is no number of calls"))?;
            count(row, calls);
            Ok(())
        }
        ["payload", name] => {
            let size = Size::ALL.into_iter().find(|size| size.name() == name).ok_or(USAGE)?;
            println!("{}", session_reply(size));
            Ok(())
        }
        _ => Err(USAGE.to_owned()),
    }
}

/// Name and bytes of a row, as `cargo xtask bench` reads them.
fn line(row: &Row) -> String {
    let bytes = row.bytes().map(|bytes| bytes.to_string()).unwrap_or_default();
    format!("{}\t{bytes}", row.name)
}

fn count(row: &Row, calls: usize) {
    let mut work = row.prepare();
    work.calls(calls.min(WARM_UP)).make();
    measured(work.calls(calls));
}

/// Named on callgrind's command line.
#[inline(never)]
fn measured(calls: Calls<'_>) {
    calls.make();
}

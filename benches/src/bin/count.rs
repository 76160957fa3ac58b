//! Makes the calls of one row under callgrind, which counts only the instructions in [`measured`].
//! `cargo xtask bench --counts` runs it for every row.

use std::process::ExitCode;

use talon_benches::payload::{Size, session_reply};
use talon_benches::row::{Calls, Row};

/// Most calls before the count starts, so that one-time initialisation is not counted.
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
    work.calls(calls.min(WARM_UP)).run();
    measured(work.calls(calls));
}

/// The function in which callgrind counts; xtask passes its name.
#[inline(never)]
fn measured(calls: Calls<'_>) {
    calls.run();
}

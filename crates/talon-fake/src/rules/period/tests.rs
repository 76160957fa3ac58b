use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn berlin() -> Zone {
    Zone::named("Europe/Berlin").unwrap()
}

#[test]
fn the_text_of_a_period_is_read_back() {
    for text in ["30s", "40m", "1h", "5D", "7W", "10M", "15Y", "1.5h", "30D_D", "23W_U", "1Y_U"] {
        assert_eq!(period(text).to_string(), text);
    }
    for text in [
        "",
        "D",
        "5",
        "0D",
        "-1D",
        "+1D",
        "1e3D",
        "5d",
        "5D_",
        "5D_X",
        "5W_D",
        "5h_U",
        "1.5D_D",
        "5_D",
        "1.0000000001D",
        "5D_D_D",
        "5€",
    ] {
        assert!(text.parse::<Period>().is_err(), "{text}");
    }
}

#[test]
fn a_period_ends_that_much_later_in_the_time_zone() {
    let start = at("2023-10-10T09:30:45+02:00");

    for (text, end) in [
        ("1D", "2023-10-11T09:30:45+02:00"),
        ("1W", "2023-10-17T09:30:45+02:00"),
        ("1M", "2023-11-10T09:30:45+01:00"),
        ("1Y", "2024-10-10T09:30:45+02:00"),
        ("36h", "2023-10-11T21:30:45+02:00"),
        ("1.5D", "2023-10-11T21:30:45+02:00"),
        ("30D_D", "2023-11-09T00:00:00+01:00"),
        ("1D_U", "2023-10-11T23:59:59+02:00"),
        ("1W_U", "2023-10-22T23:59:59+02:00"),
        ("3M_U", "2024-01-31T23:59:59+01:00"),
        ("1Y_U", "2024-12-31T23:59:59+01:00"),
    ] {
        assert_eq!(period(text).end(start, &berlin()), Some(at(end)), "{text}");
    }
    assert_eq!(period("9000Y").end(start, &berlin()), None);
}

#[test]
fn periods_follow_each_other_without_a_gap() {
    let first = at("2024-01-31T00:00:00Z");

    for text in ["1s", "90m", "1.25h", "1D", "1D_D", "3D_U", "2W", "1W_U", "1M", "1M_U", "7M", "1Y"]
    {
        let period = period(text);
        let mut now = first;
        for _ in 0..40 {
            let (start, end) = period.window(first, now, &berlin()).unwrap();
            let end = end.unwrap();
            assert!(start == now && now < end, "{text}: {start} to {end} at {now}");
            let last = end.checked_sub(std::time::Duration::from_nanos(1)).unwrap();
            assert_eq!(period.window(first, last, &berlin()), Some((start, Some(end))), "{text}");
            now = end;
        }
    }
}

#[test]
fn a_window_long_after_the_first_is_found() {
    let first = at("1970-01-01T00:00:00Z");
    let now = at("2026-03-01T12:00:00Z");
    let window = |text| period(text).window(first, now, &Zone::utc());

    let month = (at("2026-03-01T00:00:00Z"), Some(at("2026-04-01T00:00:00Z")));
    assert_eq!(window("1M"), Some(month));
    assert_eq!(window("1s"), Some((now, Some(at("2026-03-01T12:00:01Z")))));
    assert_eq!(period("1D").window(now, first, &Zone::utc()), None);
}

#[test]
fn a_window_of_the_shortest_period_is_found_at_the_end_of_time() {
    let nano = std::time::Duration::from_nanos(1);
    let (first, now) = (at("0001-01-01T00:00:00Z"), at("9999-12-30T00:00:00Z"));

    let window = period("0.000000001s").window(first, now, &Zone::utc());

    assert_eq!(window, Some((now, now.checked_add(nano))));
}

#[test]
fn a_window_of_parts_of_a_month_or_day_is_found_when_their_lengths_differ() {
    // February is shorter than the mean month, and the last Sunday of March has 23 hours.
    let first = at("2025-02-01T00:00:00Z");
    let now = at("2025-03-30T12:00:00Z");

    for text in ["0.000000001M", "0.000000001D", "0.000000001Y"] {
        let (start, end) = period(text).window(first, now, &berlin()).unwrap();
        assert!(start <= now && now < end.unwrap(), "{text}: {start} to {end:?}");
    }
}

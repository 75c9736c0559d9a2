//! Writes the document as text: indented, always in the same way. What fits on one line is written
//! on one line, because most of the document are references, and a line for each bracket would
//! double it.

use serde_json::Value;

/// The widest column for an object or list on one line.
const WIDTH: usize = 120;

/// The parts of the document, in the order that readers expect.
const PARTS: [&str; 6] = ["openapi", "info", "servers", "tags", "paths", "components"];

/// The whole text, ending with a newline.
pub(super) fn text(document: &Value) -> String {
    let parts = PARTS.iter().map(|name| {
        let part = document.get(*name).unwrap_or(&Value::Null);
        (Some(*name), part)
    });
    let mut text = String::new();
    spread(&mut text, ['{', '}'], parts, 0);
    text.push('\n');
    text
}

fn write(text: &mut String, value: &Value, depth: usize, column: usize) {
    let start = text.len();
    if flat(text, value, (start + WIDTH).saturating_sub(column)) {
        return;
    }
    text.truncate(start);
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, field)| (Some(&**name), field));
            spread(text, ['{', '}'], fields, depth);
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| (None, item));
            spread(text, ['[', ']'], items, depth);
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// One line for each part, indented by one more space than the brackets.
fn spread<'a>(
    text: &mut String,
    [open, close]: [char; 2],
    parts: impl Iterator<Item = (Option<&'a str>, &'a Value)>,
    depth: usize,
) {
    let line = |text: &mut String, depth: usize| {
        text.push('\n');
        text.extend(std::iter::repeat_n(' ', depth));
    };
    text.push(open);
    for (i, (name, part)) in parts.enumerate() {
        if i > 0 {
            text.push(',');
        }
        line(text, depth + 1);
        let start = text.len();
        key(text, name);
        // A comma follows.
        let column = depth + 2 + text.len() - start;
        write(text, part, depth + 1, column);
    }
    line(text, depth);
    text.push(close);
}

/// Writes a value on one line; returns whether it ended before this position.
fn flat(text: &mut String, value: &Value, end: usize) -> bool {
    let mut between = "";
    match value {
        Value::Object(fields) => {
            text.push('{');
            for (name, field) in fields {
                text.push_str(std::mem::replace(&mut between, ", "));
                key(text, Some(name));
                if !flat(text, field, end) {
                    return false;
                }
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                text.push_str(std::mem::replace(&mut between, ", "));
                if !flat(text, item, end) {
                    return false;
                }
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
    text.len() <= end
}

fn key(text: &mut String, name: Option<&str>) {
    if let Some(name) = name {
        text.push_str(&Value::from(name).to_string());
        text.push_str(": ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_fits_stands_on_one_line() {
        let long = "x".repeat(WIDTH);
        let value = json!({"a": [1, "é\"", {}], "b": {"c": [long, []], "d": null}});
        let mut text = String::new();
        write(&mut text, &value, 0, 0);
        let wanted = format!(
            "{{\n \"a\": [1, \"é\\\"\", {{}}],\n \"b\": {{\n  \"c\": [\n   \"{long}\",\n   []\n  ],\n  \"d\": null\n }}\n}}"
        );
        assert_eq!(text, wanted);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn a_line_ends_at_the_width_with_its_comma() {
        for (letters, one_line) in [(WIDTH - 6, true), (WIDTH - 5, false)] {
            let value = json!(["x".repeat(letters)]);
            let mut text = String::new();
            // As part of an object: after a space and before a comma.
            write(&mut text, &value, 1, 2);
            assert_eq!(!text.contains('\n'), one_line, "{text}");
        }
    }
}

//! Visits every part of one kind in the document, with the name that it has there.

use crate::openapi::walk::{operations, pascal, target};
use serde_json::{Map, Value};

/// Every parameter, with the operation that takes it.
pub(super) fn parameters(document: &mut Value, mut see: impl FnMut(&str, &mut Value)) {
    for operation in operations(document) {
        let id = text(operation.get("operationId"));
        let list = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        list.into_iter().flatten().for_each(|part| see(&id, part));
    }
}

/// Every unsuccessful answer, with its status.
pub(super) fn refusals(document: &mut Value, mut see: impl FnMut(&str, &mut Value)) {
    for operation in operations(document) {
        let answers = object(operation, "responses").into_iter().flatten();
        for (status, answer) in answers.filter(|(status, _)| !status.starts_with('2')) {
            see(status, answer);
        }
    }
}

/// Every header of an answer, with its name.
pub(super) fn headers(document: &mut Value, mut see: impl FnMut(&str, &mut Value)) {
    answers(document, |answer| {
        let headers = object(answer, "headers").into_iter().flatten();
        headers.for_each(|(name, header)| see(name, header));
    });
}

/// Everything that may hold an example, with its subject.
pub(super) fn examples(document: &mut Value, mut see: impl FnMut(&str, &mut Map<String, Value>)) {
    let mut look = |part: &mut Value| {
        for (kind, content) in object(part, "content").into_iter().flatten() {
            let name = subject(kind, content);
            content
                .as_object_mut()
                .into_iter()
                .for_each(|content| see(&name, content));
        }
    };
    answers(document, &mut look);
    for operation in operations(document) {
        operation
            .get_mut("requestBody")
            .into_iter()
            .for_each(&mut look);
    }
}

/// The subject of an example: the code of a problem, otherwise the schema or the content type.
fn subject(kind: &str, content: &Value) -> String {
    let problem = kind == "application/problem+json";
    let code = content.pointer("/example/code").filter(|_| problem);
    let schema = content.get("schema").and_then(target);
    match (code.and_then(Value::as_str), schema) {
        (Some(code), _) => pascal(code),
        (None, Some(schema)) => schema.to_owned(),
        (None, None) => pascal(kind.rsplit('/').next().unwrap_or_default()),
    }
}

/// Every answer, of the operations and those already shared.
fn answers(document: &mut Value, mut see: impl FnMut(&mut Value)) {
    let shared = document.pointer_mut("/components/responses");
    let shared = shared.and_then(Value::as_object_mut).into_iter().flatten();
    shared.for_each(|(_name, answer)| see(answer));
    for operation in operations(document) {
        let answers = object(operation, "responses").into_iter().flatten();
        answers.for_each(|(_status, answer)| see(answer));
    }
}

fn object<'a>(part: &'a mut Value, name: &str) -> Option<&'a mut Map<String, Value>> {
    part.get_mut(name)?.as_object_mut()
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

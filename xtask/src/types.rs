//! `cargo xtask types`: what travels on the wire, for TypeScript, from the schemas that describe the API.

use crate::workspace::Workspace;
use afterword_wire::{
    Changes, Comment, Counts, DeleteComment, EditComment, ErrorBody, NewComment, Preview, Previewed, SearchResults, Source,
    ThreadSlice, Written,
};
use anyhow::Context;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use utoipa::ToSchema;

const HEAD: &str = "// The types of the wire. Made by `cargo xtask types` from the Rust ones: change those.\n";

/// Writes them into the npm package.
///
/// # Errors
/// A type has a form that this program cannot put into TypeScript, or the file cannot be written.
pub fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let file = file(workspace);
    fs::write(&file, declarations()?).with_context(|| format!("{} cannot be written", file.display()))
}

fn file(workspace: &Workspace) -> PathBuf {
    workspace.root.join("npm/wire.d.ts")
}

/// One declaration for each type, by name.
fn declarations() -> anyhow::Result<String> {
    let mut schemas = BTreeMap::new();
    add::<Changes>(&mut schemas)?;
    add::<Comment>(&mut schemas)?;
    add::<Counts>(&mut schemas)?;
    add::<DeleteComment>(&mut schemas)?;
    add::<EditComment>(&mut schemas)?;
    add::<ErrorBody>(&mut schemas)?;
    add::<NewComment>(&mut schemas)?;
    add::<Preview>(&mut schemas)?;
    add::<Previewed>(&mut schemas)?;
    add::<SearchResults>(&mut schemas)?;
    add::<Source>(&mut schemas)?;
    add::<ThreadSlice>(&mut schemas)?;
    add::<Written>(&mut schemas)?;
    let declarations: anyhow::Result<Vec<String>> = schemas.iter().map(|(name, schema)| declaration(name, schema)).collect();
    Ok(format!("{HEAD}\n{}", declarations?.join("\n")))
}

/// Adds a type and those it is made of.
fn add<T: ToSchema>(schemas: &mut BTreeMap<String, Value>) -> anyhow::Result<()> {
    let mut named = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut named);
    for (name, schema) in named {
        schemas.insert(name, serde_json::to_value(schema)?);
    }
    Ok(())
}

fn declaration(name: &str, schema: &Value) -> anyhow::Result<String> {
    let doc = doc(schema, "");
    let Some(properties) = schema["properties"].as_object() else {
        return Ok(format!("{doc}export type {name} = {};\n", type_of(schema)?));
    };
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut lines = String::new();
    for (property, schema) in properties {
        let mark = if required.contains(&property.as_str()) { "" } else { "?" };
        let property_type = type_of(schema).with_context(|| format!("{name}.{property}"))?;
        lines += &format!("{}  {property}{mark}: {property_type};\n", self::doc(schema, "  "));
    }
    Ok(format!("{doc}export interface {name} {{\n{lines}}}\n"))
}

/// The type of a value that is there; an absent one is said by the property's question mark.
fn type_of(schema: &Value) -> anyhow::Result<String> {
    if let Some(name) = schema["$ref"].as_str() {
        return Ok(name.rsplit('/').next().unwrap_or(name).to_owned());
    }
    if let Some(values) = schema["enum"].as_array() {
        return Ok(values.iter().map(Value::to_string).collect::<Vec<_>>().join(" | "));
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let types: anyhow::Result<Vec<String>> = choices.iter().filter(|choice| choice["type"] != "null").map(type_of).collect();
        return Ok(types?.join(" | "));
    }
    let names = schema["type"].as_array().map_or_else(|| vec![&schema["type"]], |names| names.iter().collect());
    let name = names.into_iter().filter_map(Value::as_str).find(|name| *name != "null");
    Ok(match name.with_context(|| format!("no type in {schema}"))? {
        "array" => format!("{}[]", type_of(&schema["items"])?),
        "integer" | "number" => "number".to_owned(),
        name @ ("string" | "boolean") => name.to_owned(),
        other => anyhow::bail!("`{other}` has no type in TypeScript yet"),
    })
}

/// What Rust's documentation says, in the words of the other language.
fn doc(schema: &Value, indent: &str) -> String {
    let described = [schema, &schema["oneOf"][0]].into_iter().find_map(|schema| schema["description"].as_str());
    let Some(text) = described else { return String::new() };
    let mut text = text.replace("`None`", "absent").replace("[`", "`").replace("`]", "`").replace('\n', " ");
    for path in ["crate::limits::", "crate::"] {
        text = text.replace(path, "");
    }
    format!("{indent}/** {text} */\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_npm_package_has_the_types_of_the_wire() {
        let file = file(&Workspace::find().unwrap());
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == declarations().unwrap(), "{} is stale: `cargo xtask types` writes it anew", file.display());
    }

    #[test]
    fn what_may_be_absent_is_optional_and_never_null() {
        let schema = json!({
            "description": "A thing.", "required": ["at"],
            "properties": {
                "at": { "type": "string" },
                "more": { "oneOf": [{ "$ref": "#/components/schemas/More", "description": "`None` at the end." }, { "type": "null" }] },
                "names": { "type": ["array", "null"], "items": { "type": "string" } },
            },
        });
        let wanted = "/** A thing. */\nexport interface Thing {\n  at: string;\n  /** absent at the end. */\n  more?: More;\n  names?: string[];\n}\n";
        assert_eq!(declaration("Thing", &schema).unwrap(), wanted);
    }

    #[test]
    fn a_form_that_nobody_thought_of_is_refused() {
        assert!(declaration("Thing", &json!({ "properties": { "map": { "type": "object" } } })).is_err());
    }
}

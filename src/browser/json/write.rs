//! A type, as what `JSON.stringify` takes.

use super::unfit::Unfit;
use js_sys::{Object, Reflect};
use serde::ser::{Impossible, Serialize, SerializeStruct, Serializer};
use wasm_bindgen::JsValue;

type Written = Result<JsValue, Unfit>;
type Never = Impossible<JsValue, Unfit>;

/// Writes structs of texts, whole numbers and claims: nothing else leaves the browser.
pub struct ToJs;

/// An object being written.
pub struct Fields(Object);

impl SerializeStruct for Fields {
    type Ok = JsValue;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unfit> {
        let is_set = Reflect::set(&self.0, &JsValue::from_str(name), &value.serialize(ToJs)?);
        is_set.map_or(Err(Unfit), |_| Ok(()))
    }

    fn end(self) -> Written {
        Ok(self.0.into())
    }
}

impl Serializer for ToJs {
    type Ok = JsValue;
    type Error = Unfit;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Never;

    fn serialize_bool(self, value: bool) -> Written {
        Ok(value.into())
    }
    fn serialize_u16(self, value: u16) -> Written {
        Ok(value.into())
    }
    fn serialize_u32(self, value: u32) -> Written {
        Ok(value.into())
    }
    fn serialize_str(self, value: &str) -> Written {
        Ok(value.into())
    }
    fn serialize_none(self) -> Written {
        Ok(JsValue::NULL)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        Ok(variant.into())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, Unfit> {
        Ok(Fields(Object::new()))
    }

    fn serialize_i8(self, _: i8) -> Written {
        Err(Unfit)
    }
    fn serialize_i16(self, _: i16) -> Written {
        Err(Unfit)
    }
    fn serialize_i32(self, _: i32) -> Written {
        Err(Unfit)
    }
    fn serialize_i64(self, _: i64) -> Written {
        Err(Unfit)
    }
    fn serialize_u8(self, _: u8) -> Written {
        Err(Unfit)
    }
    fn serialize_u64(self, _: u64) -> Written {
        Err(Unfit)
    }
    fn serialize_f32(self, _: f32) -> Written {
        Err(Unfit)
    }
    fn serialize_f64(self, _: f64) -> Written {
        Err(Unfit)
    }
    fn serialize_char(self, _: char) -> Written {
        Err(Unfit)
    }
    fn serialize_bytes(self, _: &[u8]) -> Written {
        Err(Unfit)
    }
    fn serialize_unit(self) -> Written {
        Err(Unfit)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Written {
        Err(Unfit)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Written {
        Err(Unfit)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Never, Unfit> {
        Err(Unfit)
    }
    fn serialize_tuple(self, _: usize) -> Result<Never, Unfit> {
        Err(Unfit)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Never, Unfit> {
        Err(Unfit)
    }
    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Never, Unfit> {
        Err(Unfit)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Never, Unfit> {
        Err(Unfit)
    }
    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Never, Unfit> {
        Err(Unfit)
    }
}

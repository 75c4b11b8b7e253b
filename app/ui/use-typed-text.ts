"use client";
import { useEffect, useState } from "react";

const PAUSE_MS = 300;

/** The text of a field that takes effect when the typing pauses; it follows `value` when that changes by other means. */
export function useTypedText(
  value: string,
  onChange: (value: string) => void,
): readonly [text: string, setText: (text: string) => void] {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return [text, setText];
}

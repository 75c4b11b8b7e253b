"use client";
import { useEffect, useState } from "react";

const PAUSE_MS = 400;

/** The value once it has rested, so that a drag asks the server once. */
export function useSettled(value: number): number {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

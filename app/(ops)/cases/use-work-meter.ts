"use client";
import { useEffect, useRef } from "react";
import { type Work, WorkMeter } from "./work-meter.ts";

/** Measures from when the case is shown; the returned function reads what it has taken so far. */
export function useWorkMeter(): () => Work | null {
  const meter = useRef<WorkMeter | null>(null);
  useEffect(() => {
    const isInView = (): boolean => document.visibilityState === "visible";
    const measuring = new WorkMeter(Date.now(), isInView());
    meter.current = measuring;
    const onKey = (event: KeyboardEvent): void => measuring.key(event.repeat);
    const onClick = (): void => measuring.click();
    const onView = (): void => measuring.view(Date.now(), isInView());
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("pointerdown", onClick, true);
    document.addEventListener("visibilitychange", onView);
    return () => {
      document.removeEventListener("keydown", onKey, true);
      document.removeEventListener("pointerdown", onClick, true);
      document.removeEventListener("visibilitychange", onView);
    };
  }, []);
  return () => meter.current?.read(Date.now()) ?? null;
}

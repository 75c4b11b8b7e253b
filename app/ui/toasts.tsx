"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useState } from "react";
import { toasterShows } from "./lazy-toast.ts";

const Toaster = dynamic(() => import("./toaster.tsx").then((loaded) => loaded.Toaster), { ssr: false });
const LATEST_MS = 3_000;

/** Where messages show: loaded with the first key or click, or a moment after the page, which does not wait for it. */
export function Toasts(): ReactNode {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const turnOn = (): void => setOn(true);
    const timer = setTimeout(turnOn, LATEST_MS);
    document.addEventListener("keydown", turnOn, { once: true, capture: true });
    document.addEventListener("pointerdown", turnOn, { once: true, capture: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", turnOn, { capture: true });
      document.removeEventListener("pointerdown", turnOn, { capture: true });
    };
  }, []);
  return isOn && <Toaster onShown={toasterShows} />;
}

"use client";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "#app/ui/button.tsx";
import { Icon, type IconName } from "#app/ui/line-icon.tsx";
import { saveTheme } from "./preference-actions.ts";
import type { Theme } from "./preferences.ts";

const next: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const icons: Record<Theme, IconName> = { system: "monitor", light: "sun", dark: "moon" };
const words: Record<Theme, string> = { system: "as the system", light: "light", dark: "dark" };

/** Turns through system, light and dark. */
export function ThemeToggle({ initial }: { initial: Theme }): ReactNode {
  const [theme, setTheme] = useState(initial);
  const [, startTransition] = useTransition();
  const turn = (): void => {
    const chosen = next[theme];
    setTheme(chosen);
    document.documentElement.classList.remove("light", "dark");
    if (chosen !== "system") document.documentElement.classList.add(chosen);
    startTransition(() => saveTheme(chosen));
  };
  return (
    <Button
      look="quiet"
      size="small"
      onClick={turn}
      aria-label={`Theme: ${words[theme]}. Switch to ${words[next[theme]]}`}
      title={`Theme: ${words[theme]}`}
    >
      <Icon name={icons[theme]} />
    </Button>
  );
}

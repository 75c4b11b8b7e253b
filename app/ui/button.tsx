import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border border-line bg-surface text-ink hover:bg-hover",
  quiet: "text-muted hover:bg-hover hover:text-ink",
  danger: "bg-decline text-surface hover:opacity-90",
} as const;

type ButtonProps = ComponentProps<"button"> & { look?: keyof typeof looks; size?: "small" | "normal" };

/** The one button. `look="danger"` is for what cannot be undone. */
export function Button({
  look = "secondary",
  size = "normal",
  className,
  type = "button",
  ...rest
}: ButtonProps): ReactNode {
  return <button type={type} className={classNames(buttonLook(look, size), className)} {...rest} />;
}

/** The button's classes, for links that look like one. */
export function buttonLook(look: keyof typeof looks, size: "small" | "normal" = "normal"): string {
  return classNames(
    "inline-flex items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors duration-100",
    "disabled:cursor-not-allowed disabled:opacity-50",
    size === "small" ? "h-7 px-2 text-xs" : "h-8 px-3 text-sm",
    looks[look],
  );
}

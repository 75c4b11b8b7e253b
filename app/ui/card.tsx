import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

type CardProps = {
  /** heading of the card; left out when the content says it itself */
  title?: ReactNode;
  /** small controls at the heading's right */
  actions?: ReactNode;
  /** false when the content reaches the border, as tables do */
  padded?: boolean;
  className?: string;
  children: ReactNode;
};

/** A bordered region; a section with its own heading when titled. */
export function Card({ title, actions, padded = true, className, children }: CardProps): ReactNode {
  return (
    <section className={classNames("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {title !== undefined && (
        <header className="flex min-h-10 items-center justify-between gap-3 px-4 pt-3 pb-1">
          <h2 className="text-sm">{title}</h2>
          {actions}
        </header>
      )}
      <div className={classNames(padded && "px-4 pb-4", padded && title === undefined && "pt-4")}>
        {children}
      </div>
    </section>
  );
}

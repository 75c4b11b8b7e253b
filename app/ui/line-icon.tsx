import type { ReactNode } from "react";

const paths = {
  overview: "M4 4h7v7H4zM13 4h7v4h-7zM13 10h7v10h-7zM4 13h7v7H4z",
  queue: "M4 5h16M4 10h16M4 15h9M4 20h9M17 15v6m-3-3h6",
  transactions: "M4 8h14m-4-4 4 4-4 4M20 16H6m4 4-4-4 4-4",
  performance: "M4 19V5m0 14h16M7 15c3-1 4-7 7-7s3 3 6-1",
  costs:
    "M12 4v16M16.5 7.5C15.5 6 14 5.5 12 5.5c-2.500 0-4.500 1-4.500 3.200C7.500 13 17 11 17 15.300c0 2.200-2.200 3.200-5 3.200-2.300 0-4-.8-5-2.300",
  drift: "M3 9c3-4 6-4 9 0s6 4 9 0M3 16c3-4 6-4 9 0s6 4 9 0",
  models: "m12 3 9 5-9 5-9-5zM3 12l9 5 9-5M3 16l9 5 9-5",
  rules: "M5 5h5v5H5zM5 14h5v5H5zM13 7h7M13 10h4M13 16h7",
  alerts: "M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 21h4",
  approvals: "M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M8 12.300l3 3 5-6",
  audit: "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
  settings:
    "M4 7h9m5 0h2M4 17h2m5 0h9M15.500 7m-2.500 0a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0-5 0M8.500 17m-2.500 0a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0-5 0",
  search: "M11 11m-6.500 0a6.500 6.500 0 1 0 13 0a6.500 6.500 0 1 0-13 0m11.300 4.800L20 20",
  menu: "M4 7h16M4 12h16M4 17h16",
  sun: "M12 12m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500 19 19M5 19l1.500-1.500M17.500 6.500 19 5",
  moon: "M20 14.500A8 8 0 0 1 9.500 4 8 8 0 1 0 20 14.500z",
  monitor: "M3 5h18v11H3zM9 20h6M12 16v4",
  left: "m14 6-6 6 6 6",
  right: "m10 6 6 6-6 6",
  down: "m6 10 6 6 6-6",
  close: "M6 6l12 12M18 6 6 18",
  check: "m5 12.500 4.500 4.500L19 7.500",
  download: "M12 4v11m-4-4 4 4 4-4M4 20h16",
  table: "M4 5h16v14H4zM4 10h16M10 10v9",
  chart: "M4 20V4m0 16h16M8 16v-5M12 16V8M16 16v-3",
  image:
    "M4 5h16v14H4zM9 9.500m-1.500 0a1.500 1.500 0 1 0 3 0a1.500 1.500 0 1 0-3 0M4 17l5-4 3 2.500 4-4.500 4 4",
  help: "M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.8.400-1 .9-1 1.700M12 16.500v.1",
  info: "M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 11v5M12 7.500v.1",
  out: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  warning: "M12 4 2.500 20h19zM12 10v4.500M12 17.300v.1",
  more: "M6 12h.1M12 12h.1M18 12h.1",
} as const;

export type IconName = keyof typeof paths;

/** A line drawing of 16 px; decoration only, so the words beside it must say what it means. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 3 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      <path d={paths[name]} />
    </svg>
  );
}

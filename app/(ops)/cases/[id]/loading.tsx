import type { ReactNode } from "react";
import { CaseSkeleton } from "../case-skeleton.tsx";

export default function Loading(): ReactNode {
  return <CaseSkeleton />;
}

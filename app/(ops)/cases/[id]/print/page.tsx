import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PrintCase } from "./print-case.tsx";
import "./print.css";

export const metadata: Metadata = { title: "Case for print" };

type PrintPageProps = { params: Promise<{ id: string }> };

/** Fetched by the browser, since each export leaves an audit row and a page may be asked for without being looked at. */
export default async function PrintPage({ params }: PrintPageProps): Promise<ReactNode> {
  const { id } = await params;
  return <PrintCase caseId={id} />;
}

import "./globals.css";
import type { Metadata, Viewport } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { Toasts } from "#app/ui/toasts.tsx";
import { readPreferences } from "./shell/preferences.ts";
import { ApiProvider } from "./trpc/client.tsx";

export const metadata: Metadata = {
  title: { default: "Assay", template: "%s · Assay" },
  robots: { index: false },
};
export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }): Promise<ReactNode> {
  const { theme } = await readPreferences();
  return (
    <html lang="en" className={theme === "system" ? undefined : theme} suppressHydrationWarning>
      <body>
        <NuqsAdapter>
          <ApiProvider>{children}</ApiProvider>
        </NuqsAdapter>
        <Toasts />
      </body>
    </html>
  );
}

import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "#server/auth/options.ts";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

// NextAuth's types know only its route handler's answer as unknown.
const handler = async (request: NextRequest, context: RouteContext): Promise<Response> =>
  NextAuth(request, context, authOptions());

export { handler as GET, handler as POST };

import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { endSessions, SessionClaims } from "./actor-of-session.ts";
import { authenticate } from "./authenticate.ts";
import { SignInThrottle } from "./sign-in-throttle.ts";
import { webConnections } from "./web-connections.ts";

const SESSION_SECONDS = 12 * 60 * 60;
const throttle = new SignInThrottle();

/** NextAuth's settings: credentials against the user table, sessions as signed tokens of half a day. */
export function authOptions(): NextAuthOptions {
  const { db, secret, environment } = webConnections();
  trustHost(environment.AUTH_URL);
  return {
    secret,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        name: "Password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (given) => {
          if (!given?.email || !given.password) return null;
          const user = await authenticate({ db, throttle, now: new Date() }, given);
          return user === null ? null : { id: user.userId, ...user };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        const claims = SessionClaims.safeParse(user);
        return claims.success ? { ...token, ...claims.data } : token;
      },
      session: ({ session, token }) => ({ ...session, claims: SessionClaims.safeParse(token).data ?? null }),
    },
    events: {
      signOut: async ({ token }) => {
        const claims = SessionClaims.safeParse(token);
        if (claims.success) await endSessions(db, claims.data.userId);
      },
    },
  };
}

/** NextAuth takes the address of the request unless told one, so that any host and port works. */
function trustHost(authUrl: string | undefined): void {
  if (authUrl === undefined) process.env.AUTH_TRUST_HOST = "true";
  else process.env.NEXTAUTH_URL = authUrl;
}

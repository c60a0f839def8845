import type { Request, RequestHandler } from 'express';
import { fillPath } from './path-pattern.ts';
import type { Reply } from './reply.ts';

/** That a path or an operation is deprecated. `docs/api/policy.md` says how long it stays. */
export type Deprecation = {
  /** Day since which it is deprecated, as `YYYY-MM-DD`. */
  since: string;
  /** Day from which it may be gone, as `YYYY-MM-DD`. */
  sunset: string;
  /** The Express path that replaces it, with the same parameters. */
  successor: string;
};

/** A path that an endpoint had before. */
export type FormerPath = Omit<Deprecation, 'successor'> & { path: string };

/** A query parameter that made an endpoint answer as another one does. It still works and is not documented. */
export type FormerQuery = Deprecation & { name: string };

type Headers = Readonly<Record<string, string>>;

/** Creates the handler that adds `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a `Link` to the successor to every answer. */
export function announceDeprecation(deprecation: Deprecation): RequestHandler {
  const dates = datesOf(deprecation);
  return (request, response, next) => {
    response.set({ ...dates, Link: successorLink(deprecation, request) });
    next();
  };
}

/** Creates the handler that announces the deprecation if the request has the parameter. */
export function announceFormerQuery({ name, ...deprecation }: FormerQuery): RequestHandler {
  const announce = announceDeprecation(deprecation);
  return (request, response, next) => {
    if (request.query[name] === undefined) next();
    else announce(request, response, next);
  };
}

/** Adds the link to the successor to the links of a reply, which would replace it. */
export function withSuccessor(deprecation: Deprecation, request: Request, reply: Reply): Reply {
  const { Link: own, ...headers } = reply.headers ?? {};
  if (own === undefined) return reply;
  return { ...reply, headers: { ...headers, Link: `${own}, ${successorLink(deprecation, request)}` } };
}

function datesOf({ since, sunset }: Deprecation): Headers {
  return { Deprecation: `@${Date.parse(since) / 1000}`, Sunset: new Date(sunset).toUTCString() };
}

function successorLink({ successor }: Deprecation, { params }: Request): string {
  const path = fillPath(successor, (name) => encodeURIComponent(String(params[name])));
  return `<${path}>; rel="successor-version"`;
}

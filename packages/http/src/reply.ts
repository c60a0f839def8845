export type Reply = {
  status: number;
  body?: unknown;
  /** Text sent as a stream instead of `body`; `headers` must contain its `Content-Type`. */
  stream?: AsyncIterable<string>;
  /** Sent instead of `body`; `headers` must contain their `Content-Type`. */
  bytes?: Uint8Array;
  headers?: Readonly<Record<string, string>>;
};

export function reply(status: number, data: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body: { data }, headers };
}

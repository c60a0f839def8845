export type Answer = {
  status: number;
  headers: Headers;
  /** The parsed JSON, the text of a page, or undefined for an empty body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
};

type Options = { token?: string; body?: unknown; headers?: Record<string, string> };

export type HttpClient = (method: string, path: string, options?: Options) => Promise<Answer>;

/** Calls a service over real HTTP. A string body is sent unchanged. */
export function createHttpClient(baseUrl: () => string): HttpClient {
  return async (method, path, { token, body, headers = {} } = {}) => {
    const response = await fetch(baseUrl() + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : bodyOf(response, text) };
  };
}

function bodyOf(response: Response, text: string): unknown {
  return response.headers.get('content-type')?.startsWith('text/html') ? text : JSON.parse(text);
}

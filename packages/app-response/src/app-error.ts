export type FieldError = { path: string; message: string };

export type ErrorDefinition<Code extends string = string> = {
  readonly code: Code;
  readonly status: number;
  readonly title: string;
};

type ErrorOptions = {
  detail?: string;
  errors?: readonly FieldError[];
  headers?: Readonly<Record<string, string>>;
  cause?: unknown;
};

/**
 * An expected failure. It is returned to the client as problem details (RFC 9457). Throw it anywhere in a request. Any other
 * error becomes a 500 that contains only the request id.
 *
 * @example throw new AppError(purchaseErrors.PRODUCT_OUT_OF_STOCK, { detail: 'Only 3 left.' });
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly definition: ErrorDefinition;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(definition: ErrorDefinition, options: ErrorOptions = {}) {
    super(options.detail ?? definition.title, options.cause === undefined ? undefined : { cause: options.cause });
    this.definition = definition;
    this.detail = options.detail;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }

  get code(): string {
    return this.definition.code;
  }

  get status(): number {
    return this.definition.status;
  }
}

/**
 * Declares the errors of a feature as data. `code` is the key, and stable for clients.
 *
 * @example const walletErrors = defineErrors({ WALLET_FROZEN: { status: 409, title: 'The wallet is frozen' } });
 */
export function defineErrors<const T extends Record<string, { status: number; title: string }>>(
  definitions: T,
): { readonly [Code in keyof T & string]: ErrorDefinition<Code> } {
  const entries = Object.entries(definitions).map(([code, definition]) => [code, Object.freeze({ code, ...definition })]);
  return Object.freeze(Object.fromEntries(entries)) as { [Code in keyof T & string]: ErrorDefinition<Code> };
}

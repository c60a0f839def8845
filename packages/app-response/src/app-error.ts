import type { Extensions, ExtensionValues } from './extensions.ts';

export type FieldError = { path: string; message: string };

export type ErrorDefinition<Code extends string = string> = ErrorTexts & {
  readonly code: Code;
  /** Members that its problems have besides those of every problem. */
  readonly extensions?: Extensions;
};

type ErrorTexts = {
  readonly status: number;
  readonly title: string;
  /** What it means, in whole sentences. The page `/docs/errors` shows it. Every code of Florin's own services has it. */
  readonly meaning?: string;
  /** What the client should do, in whole sentences. As `meaning`. */
  readonly action?: string;
};

type ErrorOptions = {
  detail?: string;
  errors?: readonly FieldError[];
  headers?: Readonly<Record<string, string>>;
  cause?: unknown;
};

/** Errors with extension members need a value for each. */
type OptionsOf<Definition> = Definition extends { readonly extensions: infer Members extends Extensions }
  ? [options: ErrorOptions & { extensions: ExtensionValues<Members> }]
  : [options?: ErrorOptions];

class ExpectedError extends Error {
  override readonly name = 'AppError';
  readonly definition: ErrorDefinition;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The members of its problem that its definition names. */
  readonly extensions: Readonly<Record<string, string | number | object>>;

  constructor(
    definition: ErrorDefinition,
    options: ErrorOptions & { extensions?: Readonly<Record<string, string | number | object>> } = {},
  ) {
    const { detail, errors, headers = {}, cause, extensions = {} } = options;
    super(detail ?? definition.title, cause === undefined ? undefined : { cause });
    this.definition = definition;
    this.detail = detail;
    this.errors = errors;
    this.headers = headers;
    this.extensions = extensions;
  }

  get code(): string {
    return this.definition.code;
  }

  get status(): number {
    return this.definition.status;
  }
}

export type AppError = ExpectedError;

type AppErrorClass = {
  readonly prototype: AppError;
  new <Definition extends ErrorDefinition>(definition: Definition, ...options: OptionsOf<Definition>): AppError;
};

/**
 * An expected failure. It is returned to the client as problem details (RFC 9457). Throw it anywhere in a request. Any other
 * error becomes a 500 that contains only the request id.
 *
 * @example throw new AppError(walletErrors.WALLET_FROZEN, { detail: 'Frozen since Monday.' });
 */
export const AppError = ExpectedError as AppErrorClass;

type Declared = ErrorTexts & { readonly extensions?: Extensions };

/**
 * Declares the errors of a feature as data. `code` is the key, and stable for clients. A code has the same status, title and
 * texts wherever it is declared.
 *
 * @example
 * const walletErrors = defineErrors({
 *   WALLET_FROZEN: {
 *     status: 409,
 *     title: 'The wallet is frozen',
 *     meaning: 'An admin froze the wallet. It takes refunds and pays nothing.',
 *     action: 'Ask support.',
 *   },
 * });
 */
export function defineErrors<const T extends Record<string, Declared>>(
  definitions: T,
): { readonly [Code in keyof T & string]: T[Code] & { readonly code: Code } } {
  const entries = Object.entries(definitions).map(([code, definition]) => [code, Object.freeze({ code, ...definition })]);
  return Object.freeze(Object.fromEntries(entries)) as { [Code in keyof T & string]: T[Code] & { code: Code } };
}

import Joi from 'joi';

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

export type SamplerName = (typeof samplers)[number];

export type TracingEnvironment = {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  OTEL_EXPORTER_OTLP_HEADERS?: string;
  OTEL_TRACES_SAMPLER: SamplerName;
  OTEL_TRACES_SAMPLER_ARG?: number;
  OTEL_RESOURCE_ATTRIBUTES?: string;
};

export type TracingSettings = {
  /** The collector's base URL. */
  endpoint: string;
  headers: Readonly<Record<string, string>>;
  sampler: SamplerName;
  /** The part of new traces that is recorded, 0 to 1. */
  ratio: number;
  resourceAttributes: Readonly<Record<string, string>>;
};

/** An idle collector costs nothing; a thousand purchases per second, all recorded, cost a core of the collector. */
const PRODUCTION_RATIO = 0.1;
const DEVELOPMENT_RATIO = 1;
/** Keys and percent-encoded values, as W3C Baggage writes them. */
const PAIRS = /^[\w!#$%&'*+.^`|~-]+=[!-+\--~ ]*(?:,[\w!#$%&'*+.^`|~-]+=[!-+\--~ ]*)*$/;

/** The settings of traces, with the names and meanings of OpenTelemetry's specification. */
export const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .custom(refuseCredentials)
    .description(
      'Base URL of an OpenTelemetry collector, to which traces are sent as OTLP over HTTP in JSON, for example http://127.0.0.1:4318 (default: none, and no traces)',
    ),
  OTEL_EXPORTER_OTLP_HEADERS: Joi.string()
    .custom(checkPairs)
    .description(
      'Headers of requests to the collector, for example its token: name=value,name=value, percent-encoded (default: none)',
    )
    .meta({ isSecret: true }),
  OTEL_TRACES_SAMPLER: Joi.string()
    .valid(...samplers)
    .default('parentbased_traceidratio')
    .description(
      `Which traces are recorded: ${samplers.slice(0, -1).join(', ')} or ${samplers.at(-1)} (default parentbased_traceidratio: those that the client records, and a part of those that begin here)`,
    ),
  OTEL_TRACES_SAMPLER_ARG: Joi.number()
    .min(0)
    .max(1)
    .description(
      `Part of the traces that the two traceidratio samplers record, 0 to 1 (default ${PRODUCTION_RATIO} in production, ${DEVELOPMENT_RATIO} in development)`,
    ),
  OTEL_RESOURCE_ATTRIBUTES: Joi.string()
    .custom(checkPairs)
    .description(
      'Further attributes of the process in traces, such as deployment.environment.name=staging: name=value,name=value, percent-encoded (default: none)',
    ),
} satisfies Record<keyof TracingEnvironment, Joi.Schema>;

/** Returns how this process traces; undefined if it does not. */
export function tracingOf(
  settings: Readonly<TracingEnvironment> & { NODE_ENV: 'development' | 'production' },
): TracingSettings | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = settings;
  if (endpoint === undefined) return undefined;
  return {
    endpoint,
    headers: pairsOf(settings.OTEL_EXPORTER_OTLP_HEADERS),
    sampler: settings.OTEL_TRACES_SAMPLER,
    ratio: settings.OTEL_TRACES_SAMPLER_ARG ?? (settings.NODE_ENV === 'production' ? PRODUCTION_RATIO : DEVELOPMENT_RATIO),
    resourceAttributes: pairsOf(settings.OTEL_RESOURCE_ATTRIBUTES),
  };
}

function pairsOf(text = ''): Record<string, string> {
  const pairs = text === '' ? [] : text.split(',');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name.trim(), decodeURIComponent(value.join('=').trim())];
    }),
  );
}

/** The text is not shown: headers may have a token. */
function checkPairs(text: string): string {
  if (!PAIRS.test(text)) throw new Error('write name=value,name=value');
  try {
    pairsOf(text);
  } catch {
    throw new Error('percent-encode values, as in name=a%2Cb');
  }
  return text;
}

/** The address is in the log and in errors. */
function refuseCredentials(text: string): string {
  const { username, password } = new URL(text);
  if (username !== '' || password !== '') throw new Error('put a user and password into OTEL_EXPORTER_OTLP_HEADERS');
  return text;
}

import Joi, { type CustomHelpers, type ErrorReport } from 'joi';

export type HttpSettings = { CORS_ORIGINS: string; HTTP_TLS_CERTIFICATE?: string; HTTP_TLS_KEY?: string; HTTP_TLS_CA?: string };

export type HttpConfig = {
  /** Origins whose pages may read responses and use the session cookie. */
  corsOrigins: readonly string[];
  /** Certificate and key of the service's own HTTP, in PEM; undefined: plain text. */
  httpTls: { certificate: string; key: string } | undefined;
  /** Authorities of the services' certificates, in PEM; undefined: well-known ones. */
  httpTlsCa: string | undefined;
};

const MAX_ORIGINS = 20;

/** No secret, but it has several lines, and a marked setting may come from a file. */
const certificate = Joi.string()
  .pattern(/-----BEGIN CERTIFICATE-----/, 'a certificate in PEM format')
  .meta({ isSecret: true });

/** The settings of a service's HTTP: origins of browsers, and TLS. */
export const httpSettings = {
  CORS_ORIGINS: Joi.string()
    .allow('')
    .custom(rejectOtherThanOrigins)
    .default('')
    .description(
      `Origins whose pages may call the API and use the session cookie: https://shop.example,https://admin.example (default: none). Maximum ${MAX_ORIGINS}, each as browsers send it, without * and null; in production with https`,
    ),
  HTTP_TLS_CERTIFICATE: certificate.description(
    'Certificate of the services, in PEM format, which names the hosts that the gateway calls (default: none, plain HTTP). Needs HTTP_TLS_KEY. The services then speak HTTPS alone',
  ),
  HTTP_TLS_KEY: Joi.string()
    .pattern(/-----BEGIN (\w+ )?PRIVATE KEY-----/, 'a private key in PEM format, not encrypted')
    .when('HTTP_TLS_CERTIFICATE', {
      is: Joi.exist(),
      // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
      then: Joi.required(),
      otherwise: Joi.forbidden().messages({ 'any.unknown': '{{#label}} needs HTTP_TLS_CERTIFICATE' }),
    })
    .meta({ isSecret: true })
    .description('Private key of HTTP_TLS_CERTIFICATE, in PEM format (default: none)'),
  HTTP_TLS_CA: certificate.description(
    'Certificates that the certificates of the services are checked with, in PEM format (default: those of well-known authorities)',
  ),
} satisfies Record<keyof HttpSettings, Joi.Schema>;

/** The settings in the form that a composition root hands on. */
export function httpConfig(settings: Readonly<HttpSettings>): HttpConfig {
  const { CORS_ORIGINS: origins, HTTP_TLS_CERTIFICATE: pem, HTTP_TLS_KEY: key } = settings;
  return {
    corsOrigins: origins === '' ? [] : origins.split(','),
    httpTlsCa: settings.HTTP_TLS_CA,
    httpTls: pem === undefined || key === undefined ? undefined : { certificate: pem, key },
  };
}

function rejectOtherThanOrigins(text: string, helpers: CustomHelpers): string | ErrorReport {
  const origins = text.split(',');
  const [settings] = helpers.state.ancestors as { NODE_ENV?: string }[];
  const fault =
    origins.length > MAX_ORIGINS
      ? `has ${origins.length} origins; at most ${MAX_ORIGINS} are allowed`
      : origins.map((origin) => originFault(origin, settings?.NODE_ENV === 'production')).find((found) => found !== undefined);
  return fault === undefined ? text : helpers.message({ custom: `{{#label}} ${fault}` });
}

/** An origin is compared with the header as text, so it must be in the one form that browsers send. */
function originFault(origin: string, isProduction: boolean): string | undefined {
  if (!isOrigin(origin)) {
    return `must list exact origins such as https://shop.example, separated by commas, and ${JSON.stringify(origin)} is none`;
  }
  if (isProduction && !origin.startsWith('https:')) return `must list origins with https in production, unlike ${origin}`;
  return undefined;
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[\w.[\]:-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { buildApps } from '../../dev/apps/build-apps.ts';
import { provideBrowser } from '../../dev/infra/provide-browser.ts';
import type { ServiceName } from '../../ops/platform/service-names.ts';
import { services as manifest } from '../../ops/platform/services.ts';
import { PASSWORD, type Person, signUp } from '../sign-up.ts';
import { startGateway } from '../start-gateway.ts';
import { startServices } from '../start-services.ts';

export { findViolations } from '../find-violations.ts';

/** Installing the browser, building the apps and starting the services, on a busy machine. */
export const OPEN_TIMEOUT_MS = 300_000;
/** Maximum milliseconds for what a page shows next. */
const WAIT_MS = 60_000;

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } } as const;

export type Look = {
  /** Default `desktop`: 1440x900. `phone`: 390x844 with touch. */
  size?: keyof typeof sizes;
  /** Default `light`. */
  theme?: 'light' | 'dark';
  /** Language of the browser (default `en`). */
  locale?: string;
  /** Whom the page's session belongs to (default nobody). */
  person?: Pick<Person, 'email'> & { password?: string };
};

export type Shop = {
  /** The one address: the storefront, the console below /console, the API below /v1. */
  url: string;
  /** Addresses of the services behind it. */
  urls: Record<ServiceName, string>;
  /**
   * Opens an empty page with cookies and storage of its own. Pages of the same person in two tabs: `page.context().newPage()`.
   * Go on with `page.goto(path)`.
   */
  newPage(look?: Look): Promise<Page>;
  /**
   * Closes all pages. Call it after each test.
   *
   * @throws Error that lists what the pages complained of: violations of the Content-Security-Policy, uncaught errors, errors and
   * warnings on the console, and requests for other hosts. Answers of the API with an error status are no fault.
   */
  closePages(): Promise<void>;
  /** Signs up a buyer whose wallet has 1,000,000 minor units. */
  signUpBuyer(): Promise<Person>;
  /** Fills the demo catalogue. A shop is empty without it. */
  seed(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Opens the shop for tests in a browser: the built apps and the services behind the real gateway, on new databases and topics,
 * and a Chromium.
 *
 * @param settings of the services
 */
export async function openShop(settings: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const signal = AbortSignal.timeout(OPEN_TIMEOUT_MS);
  await using opened = new AsyncDisposableStack();
  await buildApps({ signal });
  const services = opened.adopt(await startServices({ TRUSTED_PROXIES: '1', ...settings }), ({ stop }) => stop());
  const { urls } = services;
  const ports = Object.fromEntries(manifest.map(({ name }) => [name, Number(new URL(urls[name]).port)]));
  const unlimited = { FLORIN_GATEWAY_PASSWORDS_PER_S: '1000', FLORIN_GATEWAY_REQUESTS_PER_S: '10000' };
  const gateway = opened.adopt(await startGateway({ ports, settings: unlimited }), ({ stop }) => stop());
  const executablePath = await provideBrowser(() => {}, signal);
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  const browser = opened.adopt(await chromium.launch({ executablePath, args }), (one) => one.close());
  const pages = openPages(browser, gateway.url);
  const closing = opened.move();
  return {
    url: gateway.url,
    urls,
    ...pages,
    signUpBuyer: async () => {
      const buyer = await signUp({ urls });
      // The client repeats this until the wallet is open.
      await buyer.florin.get('/v1/wallet');
      return buyer;
    },
    seed: services.seed,
    stop: () => closing.disposeAsync(),
  };
}

/** The storefront asks for a session only in a browser that had one. */
const signedInMark = [{ name: 'florin.hasSession', value: 'yes' }] as const;

/** Tells that the browser has blocked something. Runs in each page, before the page's own scripts. */
const reportViolations = `addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) =>
  console.error('Content-Security-Policy: ' + effectiveDirective + ' blocks ' + blockedURI + ' of ' + sourceFile))`;

function openPages(browser: Browser, url: string): Pick<Shop, 'newPage' | 'closePages'> {
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  return {
    async newPage({ size = 'desktop', theme = 'light', locale = 'en', person } = {}) {
      const isPhone = size === 'phone';
      const context = await browser.newContext({
        baseURL: url,
        viewport: sizes[size],
        isMobile: isPhone,
        hasTouch: isPhone,
        colorScheme: theme,
        reducedMotion: 'reduce',
        locale,
        ...(person && { storageState: { cookies: [], origins: [{ origin: url, localStorage: [...signedInMark] }] } }),
      });
      contexts.push(context);
      context.setDefaultTimeout(WAIT_MS);
      await context.addInitScript(reportViolations);
      context.on('page', (page) => watchPage(page, { url, faults }));
      if (person !== undefined) await signIn(context, person);
      return context.newPage();
    },
    async closePages() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      const found = faults.splice(0);
      if (found.length > 0) throw new Error(`The pages complained:\n${found.join('\n')}`);
    },
  };
}

/** Gives the context the session cookie that the sign-in page would give it. */
async function signIn(context: BrowserContext, { email, password = PASSWORD }: NonNullable<Look['person']>): Promise<void> {
  const response = await context.request.post('/v1/auth/signin', { data: { email, password, session: 'cookie' } });
  if (!response.ok()) throw new Error(`Sign-in of ${email}: ${response.status()} ${await response.text()}`);
}

function watchPage(page: Page, { url, faults }: { url: string; faults: string[] }): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error}`));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // Chromium reports each answer with an error status, and each request that does not arrive.
    const isOfApi = message.location().url.startsWith(`${url}/v1/`);
    if (isOfApi && message.text().startsWith('Failed to load resource')) return;
    faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== url) faults.push(`${page.url()}: asks ${origin}`);
  });
}

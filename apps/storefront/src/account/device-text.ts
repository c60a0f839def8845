const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What the device of a session is called: browser and system, as far as its own description tells them. */
export type DeviceName = { browser?: string; system?: string };

/** Reads the `User-Agent` of a session. Nobody may rely on it: programs write there what they like. */
export function deviceName(userAgent: string): DeviceName {
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  return { ...(browser && { browser }), ...(system && { system }) };
}

/** Shows how the device calls itself if it is no known browser, at most this long. */
const MAX_SHOWN = 40;

/** @returns undefined if nothing is known about the device */
export function deviceText(userAgent: string | null): string | undefined {
  if (userAgent === null) return undefined;
  const { browser, system } = deviceName(userAgent);
  if (browser !== undefined) return system === undefined ? browser : `${browser} · ${system}`;
  return userAgent.length > MAX_SHOWN ? `${userAgent.slice(0, MAX_SHOWN)}…` : userAgent;
}

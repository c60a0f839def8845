/**
 * ISO 4217 codes by number of minor units (list one, as of 2026: with XCG and ZWG, without ANG, BGN, HRK and ZWL). Codes without
 * minor units (gold, XDR, test codes) are left out: nothing can be priced in them.
 *
 * `Intl` has other numbers for some (CLDR shows HUF and IQD without decimals), and they change with the version of ICU.
 */
const codesByMinorUnits: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC
    CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW
    KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP
    PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN
    UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const minorUnits: ReadonlyMap<string, number> = new Map(
  Object.entries(codesByMinorUnits).flatMap(([units, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(units)]),
  ),
);

/** What a code that is not on the list has: withdrawn codes and those that an earlier release took had two in nearly all cases. */
const USUAL_MINOR_UNITS = 2;

/** The codes that a price or a wallet may have, in alphabetical order. */
export const currencies: readonly string[] = [...minorUnits.keys()].sort();

export function isCurrency(code: string): boolean {
  return minorUnits.has(code);
}

/**
 * Returns how many decimals a currency's amounts have: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217).
 *
 * @param code an ISO 4217 code in capitals; 2 for codes that are not on the list, which a stored amount may still have
 */
export function minorUnitsOf(code: string): number {
  return minorUnits.get(code) ?? USUAL_MINOR_UNITS;
}

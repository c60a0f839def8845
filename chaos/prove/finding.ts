/** A violation of a guarantee. */
export type Finding = { check: string; subject: string; detail: string };

/** Something that must not be. */
export type Finding = { check: string; subject: string; detail: string };

/** The exit code of a decoder that needed too much memory. */
export const EXIT_MEMORY = 77;

type Props = {
  /** One or two sentences for search engines. */
  description?: string | undefined;
  /** The page's address without what does not change its content. Absent: the page has no address that others should use. */
  path?: string | undefined;
  /** `false` keeps the page out of search engines: pages of one person, of a search, or without content. */
  isIndexed?: boolean;
};

/** What search engines read of a page. React puts it into the document's head, and takes it out with the page. */
export function PageMeta({ description, path, isIndexed = true }: Props) {
  return (
    <>
      {description !== undefined && description !== '' && <meta name="description" content={description} />}
      {path !== undefined && <link rel="canonical" href={location.origin + path} />}
      {!isIndexed && <meta name="robots" content="noindex" />}
    </>
  );
}

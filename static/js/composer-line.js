// The line to the portal.
const PATIENCE = 60_000;

export const wait = (time) => new Promise((resolve) => {
  setTimeout(resolve, time);
  addEventListener("online", resolve, { once: true });
});

export async function ask(path, body) {
  const answer = await fetch(path, {
    method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
  });
  const isData = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (answer.status >= 500 || answer.status === 429) throw new Error("later");
  return { status: answer.status, data: isData ? await answer.json() : null };
}

// Nothing where nobody, or somebody else, is signed in: what one wrote is never sent as another.
export async function tokenOf(owner, path) {
  const page = await (await fetch(path, { signal: AbortSignal.timeout(PATIENCE) })).text();
  return page.includes(`data-owner="${owner}"`) && /name="csrfmiddlewaretoken" value="(\w+)"/.exec(page)?.[1];
}

const { connection } = navigator;
export const isSparing = () => connection?.saveData || /2g/.test(connection?.effectiveType)
  || matchMedia("(prefers-reduced-data: reduce)").matches;

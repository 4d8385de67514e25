// PostGraphile's own adaptor, with two things of ours: a pool for each login, and a context signed for the connection.
import pg from "pg";
import { makeWithPgClientViaPgClientAlreadyInTransaction } from "postgraphile/adaptors/pg";
import { signed } from "./context.mjs";

const POOL_SIZE = 10;
const pools = Object.fromEntries(
  ["app", "national"].map((login) => [
    login,
    new pg.Pool({ connectionString: process.env[`PEER_${login.toUpperCase()}_URL`], max: POOL_SIZE, min: POOL_SIZE }),
  ]),
);

export async function withPgClient(settings, callback) {
  const login = settings?.login ?? "app";
  const client = await pools[login].connect();
  client.wrapped ??= makeWithPgClientViaPgClientAlreadyInTransaction(client, false);
  try {
    const context = settings?.who ? { "concordat.context": signed(settings.who, client.processID) } : null;
    return await client.wrapped(context, callback);
  } finally {
    client.release();
  }
}
withPgClient.release = () => {};

export const adaptor = { createWithPgClient: () => withPgClient };
export const pool = pools.app;

// PostGraphile 5 as its documentation sets it up for production: Amber preset, lists in place of connections,
// no explain, no watching, no IDE, no subscriptions.
import { createServer } from "node:http";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { postgraphile } from "postgraphile";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { adaptor, pool } from "./adaptor.mjs";
import { asked } from "./context.mjs";

const preset = {
  extends: [PostGraphileAmberPreset],
  disablePlugins: ["NodePlugin", "PgMutationCreatePlugin", "PgMutationUpdateDeletePlugin"],
  pgServices: [{ ...makePgService({ pool, schemas: ["peer"], pubsub: false }), adaptor }],
  schema: { defaultBehavior: "+list -connection" },
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, websockets: false },
  grafast: {
    explain: false,
    context: (request) => ({ pgSettings: asked(request.node.req.headers) }),
  },
};

const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
server.listen(Number(process.env.PEER_PORT), "127.0.0.1");

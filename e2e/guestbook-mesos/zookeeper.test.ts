import { afterAll, beforeAll, expect, it } from "vitest";
import { ruby } from "../../systems/guestbook-mesos/chef/test/converge";
import { CleanUp } from "../machine/harness/engine";
import { makesImages } from "../machine/harness/images";
import { describeWith } from "../support/requirements";
import { Ensemble } from "./ensemble";

const everyone = [1, 2, 3];

describeWith(
  "the ZooKeeper ensemble, from the configuration that our recipes write",
  [...(await makesImages()), ruby],
  () => {
    const cleanUp = new CleanUp();
    let ensemble: Ensemble;
    let leader: number;
    const others = () => everyone.filter((number) => number !== leader);

    beforeAll(async () => {
      ensemble = await Ensemble.start(everyone, cleanUp);
    });
    afterAll(() => cleanUp.run());

    it("elects one of three, and every member says so (S1-09, S1-32)", async () => {
      leader = await ensemble.leader(1);
      for (const number of everyone) {
        expect(await ensemble.health(number)).toBe(`3 of 3 members serve, ${ensemble.address(leader)} leads`);
      }
      expect((await ensemble.ask(others()[0]!, "create", "/guestbook", "entry")).output).toContain(
        "Created /guestbook",
      );
    });

    it("goes on without one, even the leader, and says that the next must not be replaced now (S1-21)", async () => {
      await ensemble.lose(leader);
      const [first, second] = others();
      await ensemble.becomes(first!, /^2 of 3 members serve; /);
      expect((await ensemble.ask(second!, "get", "/guestbook")).output).toMatch(/^entry$/m);
      expect((await ensemble.ask(first!, "set", "/guestbook", "changed")).code).toBe(0);
    });

    it("takes a machine back that comes with the same number and an empty disk, and gives it what it missed (S1-21)", async () => {
      await ensemble.launch(leader);
      await ensemble.becomes(leader, /^3 of 3 members serve, /);
      expect((await ensemble.ask(leader, "get", "/guestbook")).output).toMatch(/^changed$/m);
    });

    it("refuses to serve when two are gone, and serves again when one of them is back", async () => {
      const [first, second, third] = everyone as [number, number, number];
      await ensemble.lose(second);
      await ensemble.lose(third);
      await ensemble.becomes(first, /^0 of 3 members serve; .*not currently serving requests/);
      expect((await ensemble.ask(first, "get", "/guestbook")).output).not.toMatch(/^changed$/m);
      await ensemble.launch(second);
      await ensemble.becomes(first, /^2 of 3 members serve; /);
      expect((await ensemble.ask(second, "get", "/guestbook")).output).toMatch(/^changed$/m);
    });
  },
);

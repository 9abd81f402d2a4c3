package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_workspace_md;

import cnn.network.ActivationFunction;
import cnn.network.Node;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Window;
import cnn.program.Borders;
import cnn.program.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans the layers without weights that change the shape of maps or bring several together: forward, and backward. */
final class LearningMaps {
    private final PlanBuilder plan;
    private final Scope scope;
    private final Shaping shaping;
    private final Tape tape;
    private final LearningValues values;
    private final Borders borders;

    LearningMaps(PlanBuilder plan, Shaping shaping, Tape tape, LearningValues values, Borders borders) {
        this.plan = plan;
        this.scope = plan.scope();
        this.shaping = shaping;
        this.tape = tape;
        this.values = values;
        this.borders = borders;
    }

    Tensor pool(Node node, Pooling pooling, Window window) {
        String input = node.inputs().get(0);
        Pads absorbed = borders.absorbed(input);
        Pads pads = absorbed.plus(window.pads(node.inputShape()));
        String from = values.value(borders.inside(input));
        Step.Pool step = new Step.Pool(pooling, window, pads, !absorbed.equals(Pads.NONE), from, node.name());
        Tensor source = values.get(from);
        Layout any = Layout.any(scope, dnnl_f32, shaping.mapSizes(node.outputShape()));
        Operation forward = Operation.pooling(scope, dnnl_forward_training, source.layout(), any, step)
                .orElseThrow();
        Tensor result = plan.allocate(forward.layout(scope, dnnl_query_dst_md));
        List<Argument> workspace = new ArrayList<>();
        Layout places = forward.layout(scope, dnnl_query_workspace_md);
        if (places.bytes() > 0) {
            workspace.add(Argument.of(DNNL_ARG_WORKSPACE, plan.allocate(places)));
        }
        List<Argument> arguments = new ArrayList<>(workspace);
        arguments.add(Argument.of(DNNL_ARG_SRC, source));
        arguments.add(Argument.of(DNNL_ARG_DST, result));
        plan.call(forward, arguments);
        tape.record(node.name(), gradient -> {
            Tensor given = plan.in(result.layout(), shaping.asMap(gradient));
            Tensor inner = plan.allocate(source.layout());
            List<Argument> backward = new ArrayList<>(workspace);
            backward.add(Argument.of(DNNL_ARG_DIFF_DST, given));
            backward.add(Argument.of(DNNL_ARG_DIFF_SRC, inner));
            plan.call(
                    LearningOperations.poolingBackward(scope, forward, inner.layout(), given.layout(), step), backward);
            tape.contribute(from, inner);
        });
        return shaping.ofShape(result, node.outputShape());
    }

    Tensor pad(Node node, Pads pads) {
        String from = values.source(node);
        Tensor source = values.get(from);
        Layout layout = shaping.plain(dnnl_f32, node.outputShape());
        Tensor target = plan.allocateZeros(layout);
        Layout inside = layout.part(scope, source.layout().sizes(), 0, 0, pads.top(), pads.left())
                .orElseThrow();
        plan.reorder(source, target.as(inside), Attributes.none(scope));
        tape.record(node.name(), gradient -> {
            Tensor whole = plan.in(layout, gradient);
            tape.contribute(from, copy(whole.as(inside), source.layout()));
        });
        return target;
    }

    Tensor add(Node node) {
        List<String> from = node.inputs().stream().map(values::value).toList();
        Tensor total = copy(values.get(from.get(0)), values.get(from.get(0)).layout());
        for (String name : from.subList(1, from.size())) {
            plan.reorder(values.get(name), total, Attributes.of(scope, true, ActivationFunction.LINEAR));
        }
        tape.record(node.name(), gradient -> from.forEach(name -> tape.contribute(name, gradient)));
        return total;
    }

    Tensor join(Node node) {
        List<String> from = node.inputs().stream().map(values::value).toList();
        Layout layout = shaping.plain(dnnl_f32, node.outputShape());
        Tensor target = plan.allocate(layout);
        Map<String, Layout> parts = new HashMap<>();
        List<Layout> places = new ArrayList<>();
        long channel = 0;
        for (String name : from) {
            Tensor source = values.get(name);
            Layout part = layout.part(scope, source.layout().sizes(), 0, channel, 0, 0)
                    .orElseThrow();
            plan.reorder(source, target.as(part), Attributes.none(scope));
            places.add(part);
            parts.put(name, source.layout());
            channel += source.layout().sizes()[1];
        }
        tape.record(node.name(), gradient -> {
            Tensor whole = plan.in(layout, gradient);
            for (int i = 0; i < from.size(); i++) {
                String name = from.get(i);
                if (tape.wants(name)) {
                    tape.contribute(name, copy(whole.as(places.get(i)), parts.get(name)));
                }
            }
        });
        return target;
    }

    Tensor reshape(Node node) {
        String from = values.source(node);
        Tensor source = values.get(from);
        Layout before = shaping.plain(dnnl_f32, node.inputShape());
        Layout after = shaping.plain(dnnl_f32, node.outputShape());
        tape.record(
                node.name(),
                gradient -> tape.contribute(from, plan.in(after, gradient).as(before)));
        return plan.in(before, source).as(after);
    }

    private Tensor copy(Tensor tensor, Layout layout) {
        Tensor copy = plan.allocate(layout);
        plan.reorder(tensor, copy, Attributes.none(scope));
        return copy;
    }
}
